# Two web servers and a database, on a network of their own. Only the web servers can be reached from outside.

locals {
  region = "fra1"
}

resource "digitalocean_vpc" "shop" {
  name     = "shop-${var.koding_group_slug}"
  region   = local.region
  ip_range = "10.20.0.0/24"
}

resource "digitalocean_droplet" "web" {
  count    = 2
  name     = "web-${count.index + 1}"
  region   = local.region
  vpc_uuid = digitalocean_vpc.shop.id

  user_data = <<-EOT
    #cloud-config
    packages: [nginx]
  EOT
}

resource "digitalocean_droplet" "db" {
  name     = "db"
  region   = local.region
  size     = "s-2vcpu-4gb"
  vpc_uuid = digitalocean_vpc.shop.id

  user_data = <<-EOT
    #cloud-config
    packages: [postgresql]
  EOT
}

resource "digitalocean_firewall" "web" {
  name        = "web-${var.koding_group_slug}"
  droplet_ids = digitalocean_droplet.web[*].id

  dynamic "inbound_rule" {
    for_each = toset(["22", "80", "443"])
    content {
      protocol         = "tcp"
      port_range       = inbound_rule.value
      source_addresses = ["0.0.0.0/0", "::/0"]
    }
  }

  outbound_rule {
    protocol              = "tcp"
    port_range            = "1-65535"
    destination_addresses = ["0.0.0.0/0", "::/0"]
  }
  outbound_rule {
    protocol              = "udp"
    port_range            = "1-65535"
    destination_addresses = ["0.0.0.0/0", "::/0"]
  }
}

output "web_addresses" {
  value = digitalocean_droplet.web[*].ipv4_address
}

output "database_address" {
  value = digitalocean_droplet.db.ipv4_address_private
}
